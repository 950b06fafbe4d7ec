-- Members in good standing who have joined by that day, and nobody whom the staff roster of that
-- day calls gone. Sex, birth, employment and department come from the staff roster where the member roster
-- leaves them empty.
-- Grain: one stretch of days on which one person is a member
-- People: person_id
-- Kept: whole
with listed as materialized (
    select *
    from rostered
),

-- before the first staff roster nobody is called gone
staff_times as (
    select
        valid_from,
        valid_to
    from snapshots
    where register = 'staff'
    union all
    select
        date '0001-01-01' as valid_from,
        coalesce(min(valid_from), date '9999-12-31') as valid_to
    from snapshots
    where register = 'staff'
)

select
    member.person_id,
    member.name_key,
    coalesce(member.department_key, staff.department_key) as department_key,
    member.row_key,
    member.listed_from,
    coalesce(member.department, staff.department) as department,
    coalesce(member.employment_type, staff.employment_type) as employment_type,
    coalesce(member.sex, staff.sex) as sex,
    member.has_card,
    coalesce(member.birth_date, staff.birth_date) as birth_date,
    greatest(member.valid_from, staff_times.valid_from) as valid_from,
    least(member.valid_to, staff_times.valid_to, coalesce(staff.valid_to, member.valid_to)) as valid_to
from listed as member
join staff_times
    on
        staff_times.valid_from < member.valid_to
        and member.valid_from < staff_times.valid_to
left join listed as staff
    on
        staff.register = 'staff'
        and staff.person_id = member.person_id
        and staff.listed_from = staff_times.valid_from
where
    member.register = 'members'
    and not member.is_gone
    and not coalesce(staff.is_gone, false)
    and greatest(member.valid_from, staff_times.valid_from)
    < least(member.valid_to, staff_times.valid_to, coalesce(staff.valid_to, member.valid_to))
