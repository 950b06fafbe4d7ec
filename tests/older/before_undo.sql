-- A school's file as it was before imports could be undone: every table as it was made then,
-- with three imports, of which the second changed what the first had brought.

create table activities (
    row_key VARCHAR,
    activity_no VARCHAR,
    "name" VARCHAR,
    kind VARCHAR,
    planned_from DATE,
    planned_to DATE,
    school_year VARCHAR,
    held_on DATE,
    place VARCHAR,
    "owner" VARCHAR,
    audience VARCHAR,
    expected BIGINT,
    attended BIGINT,
    budget DECIMAL(20,4),
    "cost" DECIMAL(20,4),
    status VARCHAR,
    department VARCHAR,
    evidence VARCHAR,
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(row_key)
);
create table attendance (
    row_key VARCHAR,
    activity_no VARCHAR,
    activity VARCHAR,
    held_on DATE,
    place VARCHAR,
    staff_no VARCHAR,
    "name" VARCHAR,
    department VARCHAR,
    presence VARCHAR,
    signed_at VARCHAR,
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(row_key)
);
create table budget (
    row_key VARCHAR,
    "year" BIGINT,
    subject_code VARCHAR,
    subject VARCHAR,
    approved DECIMAL(20,4),
    adjusted DECIMAL(20,4),
    settled DECIMAL(20,4),
    last_settled DECIMAL(20,4),
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(row_key)
);
create table imports (
    import_id INTEGER,
    imported_at TIMESTAMP,
    files INTEGER,
    PRIMARY KEY(import_id)
);
create table ledger (
    row_key VARCHAR,
    spent_on DATE,
    voucher_no VARCHAR,
    summary VARCHAR,
    subject VARCHAR,
    income DECIMAL(20,4),
    expense DECIMAL(20,4),
    balance DECIMAL(20,4),
    booked VARCHAR,
    "handler" VARCHAR,
    approver VARCHAR,
    activity VARCHAR,
    beneficiary VARCHAR,
    fund_source VARCHAR,
    note VARCHAR,
    is_opening BOOLEAN,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(row_key)
);
create table members (
    row_key VARCHAR,
    as_of DATE,
    staff_no VARCHAR,
    "name" VARCHAR,
    sex VARCHAR,
    birth_date DATE,
    department VARCHAR,
    union_group VARCHAR,
    employment_type VARCHAR,
    post VARCHAR,
    nation VARCHAR,
    education VARCHAR,
    working_since DATE,
    joined_on DATE,
    member_status VARCHAR,
    union_post VARCHAR,
    politics VARCHAR,
    dues_base DECIMAL(20,4),
    has_card VARCHAR,
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(as_of, row_key)
);
create table meta (
    "name" VARCHAR,
    "value" VARCHAR,
    PRIMARY KEY("name")
);
create table proposals (
    row_key VARCHAR,
    proposal_no VARCHAR,
    "session" VARCHAR,
    meeting VARCHAR,
    occasion VARCHAR,
    submitted_on DATE,
    proposer VARCHAR,
    seconders VARCHAR,
    department VARCHAR,
    kind VARCHAR,
    title VARCHAR,
    grounds VARCHAR,
    suggestion VARCHAR,
    review VARCHAR,
    merged_into VARCHAR,
    filed_on DATE,
    lead VARCHAR,
    handling VARCHAR,
    support VARCHAR,
    assigned_on DATE,
    due_on DATE,
    replied_on DATE,
    reply VARCHAR,
    outcome VARCHAR,
    satisfaction VARCHAR,
    implemented_on DATE,
    status VARCHAR,
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(row_key)
);
create table school_rules (
    "name" VARCHAR,
    "value" DOUBLE
);
create table sources (
    source_id INTEGER,
    import_id INTEGER,
    file VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    dataset VARCHAR,
    as_of DATE,
    "encoding" VARCHAR,
    header_rows VARCHAR,
    "columns" VARCHAR,
    counts VARCHAR,
    sums VARCHAR,
    added INTEGER,
    changed INTEGER,
    unchanged INTEGER,
    PRIMARY KEY(source_id)
);
create table staff (
    row_key VARCHAR,
    as_of DATE,
    staff_no VARCHAR,
    "name" VARCHAR,
    sex VARCHAR,
    birth_date DATE,
    department VARCHAR,
    employment_type VARCHAR,
    status VARCHAR,
    post VARCHAR,
    hired_on DATE,
    left_on DATE,
    note VARCHAR,
    source_id INTEGER,
    source_row INTEGER,
    raw VARCHAR,
    PRIMARY KEY(as_of, row_key)
);
create table subject_map (
    subject VARCHAR,
    code VARCHAR,
    level1 VARCHAR,
    level2 VARCHAR,
    kind VARCHAR
);

insert into imports values (1, '2026-03-05 10:00:00', 1), (2, '2026-04-01 09:30:00', 1), (3, '2026-04-02 08:00:00', 1);
insert into sources values
    (1, 1, '账.xlsx', 'aa', '三月', 'ledger', null, null, '[3]', '{}', '{"rows": 2, "loaded": 2}', '{"expense": "3.00"}', 2, 0, 0),
    (2, 2, '账改.xlsx', 'bb', '三月', 'ledger', null, null, '[3]', '{}', '{"rows": 1, "loaded": 1}', '{"expense": "9.00"}', 0, 1, 0),
    (3, 3, '名册.xlsx', 'cc', '在册', 'staff', '2026-03-01', null, '[1]', '{}', '{"rows": 1, "loaded": 1}', '{}', 1, 0, 0);
insert into ledger (row_key, spent_on, summary, expense, is_opening, source_id, source_row) values
    ('a', '2026-03-01', '球拍', 9, false, 2, 4),
    ('b', '2026-03-02', '茶叶', 2, false, 1, 5);
insert into staff (row_key, as_of, name, department, source_id, source_row) values
    ('王芳@语文组', '2026-03-01', '王芳', '语文组', 3, 2);
insert into meta values ('version', '3');
