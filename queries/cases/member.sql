-- The members of the day.
-- Grain: one member of the day
-- People: name
-- Key: coalesce(person_id, '?' || row_key)
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | text
-- Column: employment_type | 用工类型 | Employment | label:employment
-- Column: joined_on | 入会日期 | Joined | date
select
    coalesce(spell.person_id, '?' || spell.row_key) as case_key,
    'members' as register,
    spell.row_key,
    spell.listed_from as as_of,
    members.name,
    spell.department,
    spell.employment_type,
    members.joined_on
from member_spells as spell
join members
    on
        members.row_key = spell.row_key
        and members.as_of = spell.listed_from
where
    $as_of >= spell.valid_from
    and $as_of < spell.valid_to
