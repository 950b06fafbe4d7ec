-- The work plan: what was due when, and since when it is done.
-- Grain: one planned activity
-- People: none
-- Title: 工作计划 | plan
-- Role: officer
-- Column: name | 事项 | item | text
-- Column: activity_kind | 类别 | kind | label:activity_kind
-- Column: department | 负责部门 | department | label
-- Column: audience | 对象 | audience | label:audience
-- Column: planned_from | 计划开始 | planned | date
-- Column: due_on | 计划到期 | due | date
-- Column: done_on | 完成日期 | done | date
-- Column: is_cancelled | 已取消 | cancelled | label
select
    name,
    activity_kind,
    department,
    audience,
    planned_from,
    due_on,
    done_from as done_on,
    is_cancelled
from plan_items
order by
    due_on,
    name
