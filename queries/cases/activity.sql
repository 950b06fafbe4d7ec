-- What took place, by its line in the register, or the first line of its sign-in sheet.
-- Grain: one activity held
-- People: none
-- Key: activity_id
-- Column: held_on | 日期 | Date | date
-- Column: name | 活动 | Activity | text
-- Column: activity_kind | 类别 | Kind | label:activity_kind
-- Column: audience | 对象 | For whom | text
with signed as (
    select
        sheets.activity_id,
        arg_min(attendance.row_key, (attendance.source_id, attendance.source_row)) as row_key
    from sheets
    join attendance
        on
            attendance.activity_no is not distinct from sheets.activity_no
            and attendance.activity is not distinct from sheets.activity
            and attendance.held_on = sheets.held_on
    where not sheets.is_registered
    group by sheets.activity_id
)

select
    held.activity_id as case_key,
    case when signed.row_key is null then 'activities' else 'attendance' end as register,
    coalesce(signed.row_key, held.activity_id) as row_key,
    null::date as as_of,
    held.held_on,
    held.name,
    held.activity_kind,
    held.audience
from activities_held as held
left join signed using (activity_id)
where held.held_on <= $as_of
