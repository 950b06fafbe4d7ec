-- Everyone with a labour relation on the day.
-- Grain: one person on the staff of the day
-- People: name
-- Key: coalesce(person_id, '?' || row_key)
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | text
-- Column: employment_type | 用工类型 | Employment | label:employment
-- Column: hired_on | 入职日期 | Hired | date
select
    coalesce(spell.person_id, '?' || spell.row_key) as case_key,
    'staff' as register,
    spell.row_key,
    spell.listed_from as as_of,
    staff.name,
    spell.department,
    spell.employment_type,
    staff.hired_on
from staff_spells as spell
join staff
    on
        staff.row_key = spell.row_key
        and staff.as_of = spell.listed_from
where
    $as_of >= spell.valid_from
    and $as_of < spell.valid_to
