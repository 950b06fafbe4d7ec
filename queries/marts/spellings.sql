-- Every way in which a roster or a sign-in sheet writes a person, with the forms that are compared.
-- A staff number is compared without leading zeros and marks (contracts/model.py, number_key);
-- a name or department in simplified characters without blanks and marks, so that
-- 阿依古丽·买买提 is 阿依古丽.买买提 and 張三 is 张三.
-- Grain: one number, name and department as written on rosters, or on sign-in sheets
-- People: name
-- Kept: whole
with written as (
    -- the second of two rows without number, but with the same name and department, is a twin: ~2
    select distinct
        staff_no,
        name,
        department,
        case when staff_no is null then regexp_extract(row_key, '~\d+$') else '' end as twin,
        true as is_rostered
    from staff
    union
    select distinct
        staff_no,
        name,
        department,
        case when staff_no is null then regexp_extract(row_key, '~\d+$') else '' end as twin,
        true as is_rostered
    from members
    union all
    select distinct
        staff_no,
        name,
        department,
        '' as twin,
        false as is_rostered
    from attendance
),

bared as (
    select
        written.*,
        lower(regexp_replace(written.staff_no, '[^\p{L}\p{N}%#]', '', 'g')) as bare_number,
        coalesce(person.plain, written.name) as plain_name,
        coalesce(place.plain, written.department) as plain_department
    from written
    left join spelling_map as person on person.written = written.name
    left join spelling_map as place on place.written = written.department
)

select
    staff_no,
    name,
    department,
    twin,
    nullif(coalesce(nullif(ltrim(bare_number, '0'), ''), bare_number), '') as number_key,
    lower(regexp_replace(plain_name, '[\s\p{P}\p{Z}]', '', 'g')) as name_key,
    nullif(lower(regexp_replace(plain_department, '[\s\p{P}\p{Z}]', '', 'g')), '') as department_key,
    is_rostered
from bared
