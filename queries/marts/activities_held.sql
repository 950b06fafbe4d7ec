-- What took place: the register's activities with a day, unless cancelled, and those known only
-- from a sign-in sheet. A sheet also dates an activity of the register that has no day yet.
-- Grain: one activity held
-- People: none
-- Kept: whole
with signed as materialized (
    select
        activity_id,
        bool_and(is_registered) as is_registered,
        min(coalesce(activity, activity_no)) as name,
        min(held_on) as held_on
    from sheets
    group by activity_id
)

select
    activities.row_key as activity_id,
    activities.name,
    activities.kind as activity_kind,
    coalesce(place.shown, activities.department) as department,
    meant.audience,
    activities.audience as audience_text,
    activities.planned_to is not null as is_planned,
    activities.expected,
    activities.attended,
    coalesce(activities.held_on, signed.held_on) as held_on
from activities
left join signed on signed.activity_id = activities.row_key
left join audiences as meant on meant.written = activities.audience
left join spelling_map as place on place.written = activities.department
where
    coalesce(activities.status, '') <> 'cancelled'
    and coalesce(activities.held_on, signed.held_on) is not null
union all
select
    activity_id,
    name,
    null as activity_kind,
    null as department,
    null as audience,
    null as audience_text,
    false as is_planned,
    null as expected,
    null as attended,
    held_on
from signed
where not is_registered
