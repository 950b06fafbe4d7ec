-- Activities held and who came; with a department, its own share of those it took part in.
-- Grain: one activity held
-- People: none
-- Needs: activities
-- Share: rate = attended / invited
-- Case: activity
-- Column: held_on | 日期 | Date | date
-- Column: activity | 活动 | Activity | text
-- Column: kind | 类别 | Kind | label:activity_kind
-- Column: audience | 对象 | For whom | text
-- Column: invited | 应到 | Invited | count
-- Column: attended | 实到 | Attended | count
-- Column: rate | 参与率 | Participation | ratio
select
    held.held_on,
    any_value(held.name) as activity,
    held.activity_id,
    any_value(held.activity_kind) as kind,
    any_value(held.audience) as audience,
    sum(turnout.invited) as invited,
    sum(turnout.attended) as attended
from activities_held as held
left join turnout using (activity_id)
where
    held.held_on between $start and $as_of
    and ($department is null or turnout.department = $department)
group by
    held.activity_id,
    held.held_on
order by
    held.held_on desc,
    activity
