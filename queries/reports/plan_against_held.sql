-- The plan of the period beside what was held in it, what is late at the top. `days_late` of what
-- is not held yet runs to the day, once the school's own grace (plan_grace_days) is over.
-- Grain: one item of the plan, or one activity outside it
-- People: none
-- Needs: activities
-- Shows: activities
-- Case: occasion
-- Wall: name
-- Column: state | 状态 | State | label:plan_state
-- Column: name | 事项 | Item | text
-- Column: kind | 类别 | Kind | label:activity_kind
-- Column: planned_from | 计划开始 | Planned from | date
-- Column: due_on | 计划到期 | Due | date
-- Column: held_on | 开展日期 | Held | date
-- Column: days_late | 逾期天数 | Days late | count
with told as (
    select
        activity_id,
        case
            when is_unplanned then 'unplanned'
            when done_from <= $as_of then 'held'
            when is_cancelled then 'cancelled'
            when due_on <= $as_of then 'not_held'
            else 'not_due'
        end as state,
        name,
        activity_kind as kind,
        planned_from,
        due_on,
        case when done_from <= $as_of then done_from end as held_on,
        on_day
    from occasions
    where
        on_day between $start and (case when is_unplanned then $as_of else $until end)
        and ($department is null or department = $department)
        and ($activity_kind is null or activity_kind = $activity_kind)
        and ($audience is null or audience = $audience)
)

select
    told.activity_id,
    told.state,
    told.name,
    told.kind,
    told.planned_from,
    told.due_on,
    told.held_on,
    case
        when told.held_on > told.due_on then told.held_on - told.due_on
        when told.state = 'not_held' and $as_of::date - told.due_on > coalesce(grace.value, 0)
            then $as_of::date - told.due_on
    end as days_late
from told
left join school_rules as grace on grace.name = 'plan_grace_days'
where $plan_state is null or told.state = $plan_state
order by
    list_position(['not_held', 'not_due', 'cancelled', 'unplanned', 'held'], told.state),
    told.on_day,
    told.name,
    told.activity_id
