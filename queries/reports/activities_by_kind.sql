-- Activities held, by kind.
-- Grain: one kind of activity
-- People: none
-- Needs: activities
-- Column: label | 类别 | Kind | label:activity_kind
-- Column: value | 场次 | Activities | count
select
    activity_kind as label,
    count(*) as value
from activities_held
where
    held_on between $start and $as_of
    and ($department is null or department = $department)
group by activity_kind
order by
    value desc,
    label nulls last
