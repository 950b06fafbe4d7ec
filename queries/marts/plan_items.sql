-- The work plan: what fell due, and since when it is done.
-- An item is done on its own day, or where its status says so; else by an activity of the same
-- name in the same calendar year that has no plan of its own (a plan and a register are often two
-- files). The first such activity serves the first item of that name, and only that one.
-- `served_by` is that activity. A cancelled item stays due, and is never done.
-- Grain: one planned activity
-- People: none
-- Kept: whole
-- Shows: activities
with item as (
    select
        activities.row_key as activity_id,
        activities.name,
        lower(regexp_replace(coalesce(words.plain, activities.name), '[^\p{L}\p{N}%#]', '', 'g')) as name_key,
        activities.kind as activity_kind,
        coalesce(place.shown, activities.department) as department,
        meant.audience,
        coalesce(activities.status, '') = 'cancelled' as is_cancelled,
        activities.planned_from,
        activities.planned_to as due_on,
        case
            when activities.status = 'done' then coalesce(held.held_on, activities.planned_to)
            else held.held_on
        end as held_on
    from activities
    left join activities_held as held on held.activity_id = activities.row_key
    left join spelling_map as words on words.written = activities.name
    left join spelling_map as place on place.written = activities.department
    left join audiences as meant on meant.written = activities.audience
    where activities.planned_to is not null
),

-- numbered in order of time, so that one activity serves one item
waiting as (
    select
        activity_id,
        name_key,
        year(due_on) as in_year,
        row_number() over (partition by name_key, year(due_on) order by due_on, activity_id) as turn
    from item
    where
        held_on is null
        and not is_cancelled
),

spare as (
    select
        lower(regexp_replace(coalesce(words.plain, name), '[^\p{L}\p{N}%#]', '', 'g')) as name_key,
        year(held_on) as in_year,
        activity_id,
        held_on,
        row_number() over (
            partition by
                name_key,
                year(held_on)
            order by
                held_on,
                activity_id
        ) as turn
    from activities_held
    left join spelling_map as words on words.written = activities_held.name
    where not is_planned
)

select
    item.activity_id,
    item.name,
    item.activity_kind,
    item.department,
    item.audience,
    item.is_cancelled,
    spare.activity_id as served_by,
    item.planned_from,
    item.due_on,
    coalesce(item.held_on, spare.held_on) as done_from
from item
left join waiting using (activity_id)
left join spare
    on
        spare.name_key = waiting.name_key
        and spare.in_year = waiting.in_year
        and spare.turn = waiting.turn
