-- The activity a sign-in sheet is for: the register's of its number in that calendar year (numbers
-- start anew), else the one of its name on its day, else the only one of its name held that year.
-- A sheet that belongs to none is an activity of its own: one name on one day.
-- Names are compared in simplified characters without blanks and marks: 慶“三八”活動 is 庆三八活动.
-- Grain: one activity name and number on the sign-in sheets of one day
-- People: none
-- Kept: whole
with sheet as materialized (
    select distinct
        activity_no,
        activity,
        lower(regexp_replace(activity_no, '[^\p{L}\p{N}%#]', '', 'g')) as number_key,
        lower(regexp_replace(coalesce(words.plain, activity), '[^\p{L}\p{N}%#]', '', 'g')) as name_key,
        held_on
    from attendance
    left join spelling_map as words on words.written = attendance.activity
),

registered as (
    select
        row_key as activity_id,
        lower(regexp_replace(activity_no, '[^\p{L}\p{N}%#]', '', 'g')) as number_key,
        lower(regexp_replace(coalesce(words.plain, name), '[^\p{L}\p{N}%#]', '', 'g')) as name_key,
        held_on is not null and coalesce(status, '') <> 'cancelled' as is_held,
        held_on,
        year(coalesce(held_on, planned_to)) as in_year
    from activities
    left join spelling_map as words on words.written = activities.name
),

possible as (
    select
        sheet.activity_no,
        sheet.activity,
        sheet.held_on,
        registered.activity_id,
        coalesce(registered.number_key = sheet.number_key, false) as same_number,
        coalesce(registered.name_key = sheet.name_key, false) as same_name,
        coalesce(registered.held_on = sheet.held_on, false) as same_day,
        registered.is_held
    from sheet
    join registered
        on
            registered.in_year = year(sheet.held_on)
            and (
                registered.number_key = sheet.number_key
                or registered.name_key = sheet.name_key
            )
),

counted as (
    select
        *,
        count(*) filter (where same_number) over same_sheet as of_number,
        count(*) filter (where same_name and is_held) over same_sheet as of_name
    from possible
    window same_sheet as (partition by activity_no, activity, held_on)
),

linked as (
    select *
    from counted
    where
        (same_number and (of_number = 1 or same_name or same_day))
        or (same_name and same_day)
        or (same_name and is_held and of_name = 1)
    qualify
        row_number() over (
            partition by
                activity_no,
                activity,
                held_on
            order by
                same_number desc,
                same_name desc,
                same_day desc,
                activity_id
        ) = 1
)

select
    sheet.activity_no,
    sheet.activity,
    coalesce(
        linked.activity_id,
        'sheet|' || coalesce(sheet.name_key, sheet.number_key) || '|' || sheet.held_on
    ) as activity_id,
    linked.activity_id is not null as is_registered,
    sheet.held_on
from sheet
left join linked
    on
        linked.activity_no is not distinct from sheet.activity_no
        and linked.activity is not distinct from sheet.activity
        and linked.held_on = sheet.held_on
