-- Sign-in rows with the activity they belong to and the person they name.
-- Grain: one row of a sign-in sheet
-- People: person_id
select
    attendance.row_key,
    sheets.activity_id,
    people.person_id,
    people.name_key,
    people.department_key,
    people.candidates,
    coalesce(place.shown, attendance.department) as department,
    attendance.presence,
    attendance.held_on
from attendance
join sheets
    on
        sheets.activity_no is not distinct from attendance.activity_no
        and sheets.activity is not distinct from attendance.activity
        and sheets.held_on = attendance.held_on
join people
    on
        people.staff_no is not distinct from attendance.staff_no
        and people.name = attendance.name
        and people.department is not distinct from attendance.department
left join spelling_map as place on place.written = attendance.department
