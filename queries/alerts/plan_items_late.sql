-- Items of the plan that fell due within the period and are not done, after the school's days of
-- grace (plan_grace_days). What was cancelled was decided on, and is not late. An item due on the
-- very day is late by nought days: the day looked at is over.
-- Grain: one planned activity that is late
-- People: none
-- Shows: activities
-- Needs: activities
-- Case: plan_item
-- Column: name | 计划事项 | Item | text
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: department | 部门 | Department | label
-- Column: due_on | 计划到期 | Due | date
-- Column: days_late | 逾期天数 | Days late | count
select
    item.activity_id,
    item.name,
    item.activity_kind,
    item.department,
    item.due_on,
    $as_of::date - item.due_on as days_late
from plan_items as item
join activities on activities.row_key = item.activity_id
where
    item.due_on between $start and $as_of
    and (item.done_from <= $as_of) is not true
    and coalesce(activities.status, '') <> 'cancelled'
    and days_late >= (select value from school_rules where name = 'plan_grace_days')
    and ($department is null or item.department = $department)
    and ($activity_kind is null or item.activity_kind = $activity_kind)
order by
    item.due_on,
    item.name,
    item.activity_id
