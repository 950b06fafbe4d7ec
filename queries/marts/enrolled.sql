-- Staff who are members, under their department on the staff roster: the numerator of 入会率.
-- Members without a counterpart on the staff are not here; the check members_not_on_staff names
-- their rows.
-- Grain: one stretch of days on which one person is both on the staff and a member
-- People: person_id
-- Kept: whole
select
    staff.person_id,
    staff.row_key,
    staff.department,
    staff.employment_type,
    staff.sex,
    staff.birth_date,
    greatest(staff.valid_from, member.valid_from) as valid_from,
    least(staff.valid_to, member.valid_to) as valid_to
from staff_spells as staff
join member_spells as member
    on
        member.person_id = staff.person_id
        and member.valid_from < staff.valid_to
        and staff.valid_from < member.valid_to
