-- The meetings of the congress up to the day, each by the row that tells who came.
-- Grain: one meeting
-- People: none
-- Key: row_key
-- Column: held_on | 日期 | Date | date
-- Column: session | 届次 | Session | text
-- Column: meeting | 会议 | Meeting | text
-- Column: due | 应到 | Delegates | people
-- Column: present | 实到 | Present | people
-- Column: motions | 议题数 | Motions | count
select
    row_key as case_key,
    'votes' as register,
    row_key,
    null::date as as_of,
    held_on,
    session,
    meeting,
    due,
    present,
    motions
from congress_meetings
where held_on <= $as_of
