-- What is known of a proposal, and from which day on: a fact is known on every day from its own.
-- A fact without a day of its own is known from the day of hand-in.
-- Filed is a case of its own; a merged form is not. An answer is a reply day, or an outcome or a
-- status (已答复, 已办结) where no day was noted; outcome and verdict come with the answer.
-- Grain: one submitted form
-- People: author
-- Kept: whole
with reviewed as (
    select
        proposals.* replace (
            coalesce(topic.shown, proposals.kind) as kind,
            coalesce(place.shown, proposals.department) as department
        ),
        case when review is null and merged_into is not null then 'merged' else review end as verdict
    from proposals
    left join spelling_map as topic on topic.written = proposals.kind
    left join spelling_map as place on place.written = proposals.department
)

select
    row_key,
    proposal_no,
    title,
    regexp_replace(
        nullif(concat(session, meeting), ''),
        '^第?([一二三四五六七八九十0-9]+)[届屆]\s*第?([一二三四五六七八九十0-9]+)次.*$',
        '\1届\2次'
    ) as session,
    kind as proposal_kind,
    department,
    proposer as author,
    lead,
    submitted_on,
    due_on,
    replied_on,
    case when verdict = 'filed' then coalesce(filed_on, submitted_on) end as filed_from,
    case when verdict = 'merged' then coalesce(filed_on, submitted_on) end as merged_from,
    case
        when assigned_on is not null then assigned_on
        when replied_on is not null then replied_on
        when
            lead is not null
            or outcome is not null
            or status in ('assigned', 'replied', 'closed', 'reopened')
            then coalesce(filed_on, submitted_on)
    end as assigned_from,
    case
        when replied_on is not null then replied_on
        when outcome is not null or status in ('replied', 'closed') then submitted_on
    end as replied_from,
    case when outcome = 'A' then coalesce(replied_on, submitted_on) end as solved_from,
    case when outcome in ('A', 'B') then coalesce(replied_on, submitted_on) end as followed_up_from,
    case when satisfaction in ('satisfied', 'mostly') then coalesce(replied_on, submitted_on) end
        as approved_from,
    case when satisfaction = 'satisfied' then coalesce(replied_on, submitted_on) end as satisfied_from,
    case when satisfaction is not null then coalesce(replied_on, submitted_on) end as rated_from
from reviewed
