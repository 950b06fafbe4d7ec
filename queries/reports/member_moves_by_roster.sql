-- What each member roster changed against the one before, oldest first, the last eight up to the day;
-- what was known after the latest roster stands in a stretch of its own that ends with the day.
-- Grain: one stretch of days from one member roster to the next
-- People: none
-- Needs: members
-- Column: since | 从 | From | date
-- Column: until | 到 | To | date
-- Column: joined | 新入会 | Joined | people
-- Column: gone | 减少 | Left | people
-- Column: moved | 转部门 | Moved | people
-- Column: members_after | 期末会员 | Members then | people
with rosters as (
    select valid_from as day
    from snapshots
    where
        register = 'members'
        and valid_from <= $as_of
    union
    select $as_of::date
),

stretches as materialized (
    select
        lag(day) over (order by day) as since,
        day as until,
        day in (select valid_from from snapshots where register = 'members') as is_roster
    from rosters
),

changes as materialized (
    select *
    from member_moves
    where
        ($department is null or department = $department)
        and ($employment_type is null or employment_type = $employment_type)
        and ($sex is null or sex = $sex)
),

counted as (
    select
        stretch.since,
        stretch.until,
        stretch.is_roster,
        count(*) filter (where change.what in ('joined', 'returned')) as joined,
        count(*) filter (where change.what = 'left') as gone,
        count(*) filter (where change.what = 'moved') as moved
    from stretches as stretch
    left join changes as change
        on
            change.moved_on > stretch.since
            and change.moved_on <= stretch.until
    where stretch.since is not null
    group by all
),

standing as (
    select
        stretch.until,
        count(*) as members_after
    from stretches as stretch
    join member_spells as member
        on
            stretch.until >= member.valid_from
            and stretch.until < member.valid_to
    where
        ($department is null or member.department = $department)
        and ($employment_type is null or member.employment_type = $employment_type)
        and ($sex is null or member.sex = $sex)
    group by stretch.until
)

select
    counted.since,
    counted.until,
    counted.joined,
    counted.gone,
    counted.moved,
    coalesce(standing.members_after, 0) as members_after
from counted
left join standing using (until)
where
    exists (
        select 1
        from snapshots
        where
            register = 'members'
            and valid_from <= $as_of
        having count(*) > 1
    )
    and (counted.is_roster or counted.joined + counted.gone + counted.moved > 0)
qualify row_number() over (order by counted.until desc) <= 8
order by counted.until
