-- When there is something to read a figure from. A roster speaks from its own day on; a register
-- for whole calendar years, from the year of its first line: nobody knows what was before it.
-- Grain: one stretch of days for which one kind of input is there
-- People: none
-- Kept: whole
select
    register as input,
    valid_from,
    valid_to
from snapshots
union all
select
    'cards' as input,
    snapshot.valid_from,
    snapshot.valid_to
from snapshots as snapshot
where
    snapshot.register = 'members'
    and exists (
        select 1
        from members
        where
            members.as_of = snapshot.valid_from
            and members.has_card is not null
    )
union all
-- one roster has nothing to be compared with
select
    'moves' as input,
    min(snapshot.valid_from) as valid_from,
    date '9999-12-31' as valid_to
from snapshots as snapshot
where
    snapshot.register = 'members'
    and snapshot.valid_from > (
        select min(valid_from)
        from snapshots
        where register = 'members'
    )
having min(snapshot.valid_from) is not null
union all
-- of comings and goings a roster tells those of the year after it, at the most
select
    'recent_members' as input,
    valid_from,
    least(valid_to, valid_from + 366) as valid_to
from snapshots
where register = 'members'
union all
select
    input,
    date_trunc('year', min(first_day))::date as valid_from,
    date '9999-12-31' as valid_to
from (
    select
        unnest(['activities', 'held']) as input,
        least(held_on, planned_to) as first_day
    from activities
    union all
    select
        'turnout' as input,
        held_on as first_day
    from activities
    where attended is not null
    union all
    select
        'costs' as input,
        held_on as first_day
    from activities
    where cost is not null
    union all
    select
        unnest(['attendance', 'held', 'turnout']) as input,
        held_on as first_day
    from attendance
    union all
    select
        unnest(['ledger', 'costs']) as input,
        spent_on as first_day
    from ledger
    union all
    select
        'budget' as input,
        make_date(year::integer, 1, 1) as first_day
    from budget
    where year between 1 and 9999
    union all
    select
        'proposals' as input,
        submitted_on as first_day
    from proposals
    union all
    select
        'votes' as input,
        held_on as first_day
    from votes
)
group by input
having min(first_day) is not null
