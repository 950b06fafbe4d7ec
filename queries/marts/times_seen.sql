-- Who came to what, for counting how often; an ambiguous name is nobody in particular, and not here.
-- The columns are named apart from those of rosters, which ask for them row by row.
-- Grain: one person at one activity on one day
-- People: seen_person
select distinct
    person_id as seen_person,
    activity_id as seen_at,
    held_on as day_seen
from sign_ins
where
    presence = 'present'
    and person_id is not null
