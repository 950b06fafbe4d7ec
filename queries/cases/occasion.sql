-- The plan and what was held beside it; what came after the day is not told.
-- Grain: one item of the plan, or one activity outside it
-- People: none
-- Shows: activities
-- Key: activity_id
-- Column: due_on | 计划到期 | Due | date
-- Column: name | 事项 | Item | text
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: department | 部门 | Department | text
-- Column: done_from | 开展日期 | Held | date
select
    occasions.activity_id as case_key,
    line.register,
    line.row_key,
    null::date as as_of,
    occasions.due_on,
    occasions.name,
    occasions.activity_kind,
    occasions.department,
    case when occasions.done_from <= $as_of then occasions.done_from end as done_from
from occasions
join activity_lines as line using (activity_id)
