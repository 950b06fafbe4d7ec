-- Everyone with a labour relation (在编, 合同, 临时代课, 后勤 …): the denominator of 入会率.
-- Grain: one stretch of days on which one person is on the staff
-- People: person_id
select
    person_id,
    name_key,
    department_key,
    row_key,
    listed_from,
    department,
    employment_type,
    sex,
    birth_date,
    valid_from,
    valid_to
from rostered
where
    register = 'staff'
    and not is_gone
    and valid_from < valid_to
