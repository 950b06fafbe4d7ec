-- Meetings at which something was put to the vote, however many motions there were: who was due and
-- who came, by the highest number any of their rows tells. `row_key` is the first row that tells it.
-- Grain: one meeting
-- People: none
select
    arg_min(row_key, (not tells_attendance, row_key)) as row_key,
    session,
    meeting,
    count(*) as motions,
    max(due) as due,
    max(present) as present,
    max(observers) as observers,
    held_on
from vote_facts
group by
    held_on,
    session,
    meeting
