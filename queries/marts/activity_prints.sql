-- What is read of an activity to tell who came to it, as one number: where it is the same as before,
-- so is everything told from it (turnout, came). Hashes of rows are summed, so their order is
-- nothing.
-- Grain: one activity held
-- People: none
-- Kept: prints of activity_id
with days as (
    select distinct held_on
    from activities_held
),

on_rosters as (
    select
        days.held_on,
        sum(hash(member)) as print
    from days
    join member_spells as member
        on
            days.held_on >= member.valid_from
            and days.held_on < member.valid_to
    group by days.held_on
    union all
    select
        days.held_on,
        sum(hash(staff, 'staff')) as print
    from days
    join staff_spells as staff
        on
            days.held_on >= staff.valid_from
            and days.held_on < staff.valid_to
    group by days.held_on
    union all
    select
        days.held_on,
        sum(hash(snapshot)) as print
    from days
    join snapshots as snapshot
        on
            days.held_on >= snapshot.valid_from
            and days.held_on < snapshot.valid_to
    group by days.held_on
),

listed as (
    select
        held_on,
        sum(print) as print
    from on_rosters
    group by held_on
),

signed as (
    select
        sheets.activity_id,
        sum(
            hash(
                attendance.staff_no,
                attendance.name,
                attendance.department,
                attendance.presence,
                people.person_id,
                people.name_key,
                people.department_key,
                people.candidates,
                place.shown
            )
        ) as print
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
    group by sheets.activity_id
)

select
    held.activity_id,
    hash(held, meant, signed.print, listed.print, young.value) as print
from activities_held as held
left join audiences as meant on meant.written is not distinct from held.audience_text
left join signed on signed.activity_id = held.activity_id
left join listed on listed.held_on = held.held_on
left join school_rules as young on young.name = 'young_until_age'
