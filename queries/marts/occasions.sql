-- The plan beside what took place: every item of the plan, and every activity no item asked for.
-- An activity that did an item of its name (plan_items) is that item, and not told twice.
-- `on_day` is the day that places it in a period: an item's last planned day, else the day held.
-- Grain: one item of the plan, or one activity outside it
-- People: none
-- Shows: activities
with items as materialized (
    select *
    from plan_items
)

select
    activity_id,
    name,
    activity_kind,
    department,
    audience,
    is_cancelled,
    false as is_unplanned,
    served_by,
    planned_from,
    due_on,
    done_from,
    due_on as on_day
from items
union all
select
    held.activity_id,
    held.name,
    held.activity_kind,
    held.department,
    held.audience,
    false as is_cancelled,
    true as is_unplanned,
    null as served_by,
    null as planned_from,
    null as due_on,
    held.held_on as done_from,
    held.held_on as on_day
from activities_held as held
left join items on items.served_by = held.activity_id
where
    not held.is_planned
    and items.activity_id is null
