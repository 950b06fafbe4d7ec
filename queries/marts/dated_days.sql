-- The days for which there is data: whether a workspace is empty, and which years to offer.
-- Grain: one day with data in one dataset
-- People: none
-- Kept: whole
with dated as (
    select
        'staff' as dataset,
        as_of as on_day
    from staff
    union all
    select
        'members' as dataset,
        as_of as on_day
    from members
    union all
    select
        'activities' as dataset,
        unnest([held_on, planned_to]) as on_day
    from activities
    union all
    select
        'attendance' as dataset,
        held_on as on_day
    from attendance
    union all
    select
        'ledger' as dataset,
        spent_on as on_day
    from ledger
    union all
    select
        'budget' as dataset,
        make_date(year::integer, 1, 1) as on_day
    from budget
    where year between 1 and 9999
    union all
    select
        'proposals' as dataset,
        submitted_on as on_day
    from proposals
    union all
    select
        'votes' as dataset,
        held_on as on_day
    from votes
)

select distinct
    dataset,
    on_day
from dated
where on_day is not null
