-- Activities held, who came and what it cost; narrowed to some of the people, their own share of
-- those they took part in: what it cost is then nobody's share, and not told.
-- Grain: one activity held
-- People: none
-- Needs: activities
-- Share: rate = attended / invited
-- Share: per_head = cost / participants
-- Case: activity
-- Wall: activity, audience
-- Column: held_on | 日期 | Date | date
-- Column: activity | 活动 | Activity | text
-- Column: kind | 类别 | Kind | label:activity_kind
-- Column: audience | 对象 | For whom | text
-- Column: invited | 应到 | Invited | people
-- Column: attended | 实到 | Attended | people
-- Column: rate | 参与率 | Participation | ratio
-- Column: on_leave | 请假 | On leave | people
-- Column: cost | 费用 | Cost | money
-- Column: cost_from | 费用出处 | Cost from | label:cost_from
-- Column: participants | 参加人数 | Took part | people
-- Column: per_head | 人均费用 | Cost per head | money
with came as (
    select
        activity_id,
        sum(invited) as invited,
        sum(attended) as attended,
        sum(on_leave) as on_leave
    from turnout
    where
        held_on between $start and $as_of
        and ($department is null or department = $department)
        and ($employment_type is null or employment_type = $employment_type)
        and ($sex is null or sex = $sex)
    group by activity_id
)

select
    held.activity_id,
    held.held_on,
    held.name as activity,
    held.activity_kind as kind,
    held.audience_text as audience,
    held.audience as audience_is,
    came.invited,
    came.attended,
    came.on_leave,
    costs.cost,
    coalesce(costs.cost_from, '') as cost_from,
    costs.participants
from activities_held as held
join came using (activity_id)
left join activity_costs as costs
    on
        costs.activity_id = held.activity_id
        and coalesce($department, $employment_type, $sex) is null
where
    held.held_on between $start and $as_of
    and ($activity_kind is null or held.activity_kind = $activity_kind)
    and ($audience is null or held.audience = $audience)
order by
    held.held_on desc,
    activity
