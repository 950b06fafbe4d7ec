-- How many activities of each kind were held in each of the twelve months up to the day.
-- Grain: one kind of activity in one month
-- People: none
-- Needs: activities
-- Opens: activities_held by activity_kind
-- Column: month | 月份 | Month | date
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: held | 场次 | Held | count
select
    date_trunc('month', held_on)::date as month,
    activity_kind,
    activity_kind as activity_kind_is,
    count(*) as held
from activities_held
where
    held_on between date_trunc('month', $as_of::date) - interval 11 months and $as_of
    and ($department is null or department = $department)
    and ($activity_kind is null or activity_kind = $activity_kind)
    and ($audience is null or audience = $audience)
group by
    month,
    activity_kind
order by
    month,
    activity_kind nulls last
