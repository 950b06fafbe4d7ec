-- Activities held: for whom, how many were asked and came, and what they cost.
-- Grain: one activity held
-- People: none
-- Title: 活动 | activities
-- Role: officer
-- Column: held_on | 日期 | date | date
-- Column: name | 名称 | activity | text
-- Column: activity_kind | 类别 | kind | label:activity_kind
-- Column: audience | 对象 | audience | text
-- Column: invited | 应到 | invited | people
-- Column: attended | 实到 | attended | people
-- Column: on_leave | 请假 | on_leave | people
-- Column: cost | 费用 | cost | money
-- Column: participants | 参加人数 | participants | people
with came as (
    select
        activity_id,
        sum(invited) as invited,
        sum(attended) as attended,
        sum(on_leave) as on_leave
    from turnout
    group by activity_id
)

select
    held.held_on,
    held.name,
    held.activity_kind,
    held.audience_text as audience,
    came.invited,
    came.attended,
    came.on_leave,
    costs.cost,
    costs.participants
from activities_held as held
left join came using (activity_id)
left join activity_costs as costs using (activity_id)
order by
    held.held_on,
    held.name
