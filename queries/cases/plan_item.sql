-- The work plan's items that are due.
-- Grain: one item of the plan
-- People: none
-- Shows: activities
-- Key: activity_id
-- Column: due_on | 计划到期 | Due | date
-- Column: name | 计划事项 | Item | text
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: department | 部门 | Department | text
-- Column: done_from | 实际日期 | Held | date
select
    activity_id as case_key,
    'activities' as register,
    activity_id as row_key,
    null::date as as_of,
    due_on,
    name,
    activity_kind,
    department,
    done_from
from plan_items
where due_on <= $as_of
