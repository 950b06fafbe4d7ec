-- How many signed in as present, as many as were written down: who cannot be told from a namesake
-- was there all the same.
-- Grain: one activity held that has a sign-in sheet
-- People: none
-- Kept: by activity_id
select
    sheets.activity_id,
    count(distinct (attendance.staff_no, attendance.name, attendance.department))
        filter (where attendance.presence = 'present')
        as present
from activities_held as held
join sheets on sheets.activity_id = held.activity_id
join attendance
    on
        attendance.activity_no is not distinct from sheets.activity_no
        and attendance.activity is not distinct from sheets.activity
        and attendance.held_on = sheets.held_on
group by sheets.activity_id
