-- Everyone with a labour relation on the day.
-- Grain: one person on the staff of the day
-- People: name
-- Key: coalesce(person_id, '?' || row_key)
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | text
-- Column: employment_type | 用工类型 | Employment | label:employment
-- Column: years | 入职年数 | Full years here | count
-- Column: hired_on | 入职日期 | Hired | date
-- Column: new_from | 名册新列 | New on the roster | date
with first_listed as (
    select
        person_id,
        min(valid_from) as new_from
    from staff_spells
    group by person_id
)

select
    coalesce(spell.person_id, '?' || spell.row_key) as case_key,
    'staff' as register,
    spell.row_key,
    spell.listed_from as as_of,
    staff.name,
    spell.department,
    spell.employment_type,
    date_sub('year', staff.hired_on, $as_of::date) as years,
    staff.hired_on,
    case
        when first_listed.new_from > (select min(valid_from) from snapshots where register = 'staff')
            then first_listed.new_from
    end as new_from
from staff_spells as spell
join staff
    on
        staff.row_key = spell.row_key
        and staff.as_of = spell.listed_from
left join first_listed on first_listed.person_id = spell.person_id
where
    $as_of >= spell.valid_from
    and $as_of < spell.valid_to
