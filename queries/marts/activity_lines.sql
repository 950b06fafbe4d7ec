-- The row by which an activity is shown: its line in the register, or the first of its sign-in sheet.
-- Grain: one activity known to a register or a sign-in sheet
-- People: none
select
    row_key as activity_id,
    'activities' as register,
    row_key
from activities
union all
select
    sheets.activity_id,
    'attendance' as register,
    arg_min(attendance.row_key, (attendance.source_id, attendance.source_row)) as row_key
from sheets
join attendance
    on
        attendance.activity_no is not distinct from sheets.activity_no
        and attendance.activity is not distinct from sheets.activity
        and attendance.held_on = sheets.held_on
where not sheets.is_registered
group by sheets.activity_id
