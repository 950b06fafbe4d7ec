-- Members and the days on which a sign-in sheet has them as present (参与覆盖率).
-- Ambiguous names are nobody in particular, and so not here.
-- Grain: one member on one day of attendance
-- People: person_id
select distinct
    member.person_id,
    member.row_key,
    member.department,
    member.employment_type,
    member.sex,
    member.birth_date,
    member.valid_from,
    member.valid_to,
    sign_ins.held_on as seen_on
from member_spells as member
join sign_ins using (person_id)
where sign_ins.presence = 'present'
