-- Activities held, by kind.
-- Grain: one kind of activity
-- People: none
-- Column: label | 类别 | Kind | label
-- Column: value | 场次 | Activities | count
select
    kind as label,
    count(*) as value
from activities_held
where
    held_on between $start and $as_of
    and ($department is null or department = $department)
group by kind
order by
    value desc,
    label nulls last
