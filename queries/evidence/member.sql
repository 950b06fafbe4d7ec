-- Beside a member's row on the roster: the sign-in sheets of the period they stand on.
-- Grain: one row of a sign-in sheet
-- People: none
select
    'attendance' as register,
    row_key
from sign_ins
where
    person_id = $key
    and held_on between $start and $as_of
