-- The meetings of the period and who came, the latest first.
-- Grain: one meeting
-- People: none
-- Needs: votes
-- Case: meeting
-- Share: rate = present / due
-- Wall: session, meeting
-- Column: held_on | 日期 | Date | date
-- Column: session | 届次 | Session | text
-- Column: meeting | 会议 | Meeting | text
-- Column: due | 应到 | Delegates | people
-- Column: present | 实到 | Present | people
-- Column: rate | 出席率 | Attendance | ratio
-- Column: observers | 列席 | Observers | people
-- Column: motions | 议题数 | Motions | count
select
    row_key,
    held_on,
    session,
    meeting,
    due,
    present,
    observers,
    motions
from congress_meetings
where
    held_on between $start and $as_of
    and ($session is null or session = $session)
order by
    held_on desc,
    session,
    meeting
