CREATE TABLE book_info (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_book_info PRIMARY KEY ("key")
);
CREATE TABLE calendar_day (
    id BLOB NOT NULL,
    day TEXT NOT NULL,
    works INTEGER,
    note TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_calendar_day PRIMARY KEY (id),
    CONSTRAINT ck_calendar_day_id CHECK (length(id) = 16)
);
CREATE UNIQUE INDEX ux_calendar_day_day ON calendar_day (day) WHERE deleted_at IS NULL;
CREATE TABLE contact (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    salutation TEXT,
    surname_pinyin TEXT,
    phone TEXT,
    email TEXT,
    note TEXT,
    pinyin TEXT NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT ck_contact_id CHECK (length(id) = 16)
);
CREATE TABLE dictionary_entry (
    id BLOB NOT NULL,
    list_name TEXT NOT NULL,
    name TEXT NOT NULL,
    heading TEXT,
    aliases TEXT,
    year INTEGER,
    place INTEGER,
    confirmed INTEGER,
    retired INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_dictionary_entry PRIMARY KEY (id),
    CONSTRAINT ck_dictionary_entry_id CHECK (length(id) = 16)
);
CREATE UNIQUE INDEX ux_dictionary_entry_list_name_name_year ON dictionary_entry (list_name, name, year) WHERE deleted_at IS NULL;
CREATE TABLE draft (
    "key" TEXT NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY ("key")
);
CREATE TABLE enterprise (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    uscc TEXT,
    category TEXT,
    ownership TEXT,
    parent_id BLOB,
    region TEXT,
    country TEXT,
    address TEXT,
    industry TEXT,
    cluster TEXT,
    chain_position TEXT,
    products TEXT,
    revenue INTEGER,
    revenue_year INTEGER,
    tax INTEGER,
    tax_year INTEGER,
    staff INTEGER,
    expansion_signal TEXT,
    fit TEXT,
    topics TEXT,
    campaign TEXT,
    name_key TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT pk_enterprise PRIMARY KEY (id),
    CONSTRAINT ck_enterprise_id CHECK (length(id) = 16),
    CONSTRAINT fk_enterprise_parent_id FOREIGN KEY(parent_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_enterprise_name_key ON enterprise (name_key);
CREATE INDEX ix_enterprise_parent_id ON enterprise (parent_id);
CREATE INDEX ix_enterprise_pinyin_id ON enterprise (pinyin, id);
CREATE INDEX ix_enterprise_uscc ON enterprise (uscc);
CREATE TABLE event (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    "on" TEXT NOT NULL,
    kind TEXT,
    place TEXT,
    role TEXT,
    sessions INTEGER,
    people INTEGER,
    campaign TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT ck_event_id CHECK (length(id) = 16)
);
CREATE TABLE forecast (
    id BLOB NOT NULL,
    metric TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    value INTEGER NOT NULL,
    basis TEXT NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT pk_forecast PRIMARY KEY (id),
    CONSTRAINT ck_forecast_id CHECK (length(id) = 16)
);
CREATE TABLE issued_paper (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    about TEXT,
    list_name TEXT,
    content TEXT,
    rows TEXT,
    pdf BLOB,
    sha256 TEXT,
    issued_at INTEGER,
    accepted_gaps TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_issued_paper PRIMARY KEY (id),
    CONSTRAINT ck_issued_paper_id CHECK (length(id) = 16)
);
CREATE TABLE person (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    dept TEXT,
    team TEXT,
    level TEXT,
    gone INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT ck_person_id CHECK (length(id) = 16)
);
CREATE TABLE project_set (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    in_bulletin INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_project_set PRIMARY KEY (id),
    CONSTRAINT ck_project_set_id CHECK (length(id) = 16)
);
CREATE TABLE ranking (
    id BLOB NOT NULL,
    board TEXT NOT NULL,
    period TEXT NOT NULL,
    "group" TEXT,
    rank INTEGER NOT NULL,
    "of" INTEGER NOT NULL,
    document TEXT,
    announced_on TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_ranking PRIMARY KEY (id),
    CONSTRAINT ck_ranking_id CHECK (length(id) = 16)
);
CREATE TABLE search_row (
    n INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    "row" BLOB NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT pk_search_row PRIMARY KEY (n),
    UNIQUE ("row")
);
CREATE TABLE setting (
    id BLOB NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT ck_setting_id CHECK (length(id) = 16)
);
CREATE UNIQUE INDEX ux_setting_key ON setting ("key") WHERE deleted_at IS NULL;
CREATE TABLE target (
    id BLOB NOT NULL,
    metric TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    subject TEXT NOT NULL,
    value INTEGER NOT NULL,
    effective_from TEXT,
    issuer TEXT,
    document TEXT,
    supersedes_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT ck_target_id CHECK (length(id) = 16),
    CONSTRAINT fk_target_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES target (id)
);
CREATE INDEX ix_target_supersedes_id ON target (supersedes_id);
CREATE TABLE unit (
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    origin TEXT NOT NULL,
    label TEXT NOT NULL,
    undoes INTEGER,
    final INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (n),
    CONSTRAINT fk_unit_undoes FOREIGN KEY(undoes) REFERENCES unit (n)
);
CREATE TABLE annual (
    id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    year INTEGER NOT NULL,
    output INTEGER,
    tax INTEGER,
    land INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_annual PRIMARY KEY (id),
    CONSTRAINT ck_annual_id CHECK (length(id) = 16),
    CONSTRAINT fk_annual_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_annual_enterprise_id ON annual (enterprise_id);
CREATE UNIQUE INDEX ux_annual_enterprise_id_year ON annual (enterprise_id, year) WHERE deleted_at IS NULL;
CREATE TABLE change (
    n INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    "row" BLOB NOT NULL,
    op TEXT NOT NULL CONSTRAINT ck_change_op CHECK (op IN ('I', 'U')),
    old TEXT,
    new TEXT,
    CONSTRAINT pk_change PRIMARY KEY (n),
    CONSTRAINT fk_change_unit FOREIGN KEY(unit) REFERENCES unit (n)
);
CREATE INDEX ix_change_row ON change ("row");
CREATE INDEX ix_change_unit ON change (unit);
CREATE TABLE enterprise_name (
    id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    from_on TEXT,
    to_on TEXT,
    name_key TEXT NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT pk_enterprise_name PRIMARY KEY (id),
    CONSTRAINT ck_enterprise_name_id CHECK (length(id) = 16),
    CONSTRAINT fk_enterprise_name_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_enterprise_name_enterprise_id ON enterprise_name (enterprise_id);
CREATE INDEX ix_enterprise_name_name_key ON enterprise_name (name_key);
CREATE TABLE label (
    id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    honour TEXT NOT NULL,
    issuer TEXT,
    year INTEGER,
    valid_to TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_label PRIMARY KEY (id),
    CONSTRAINT ck_label_id CHECK (length(id) = 16),
    CONSTRAINT fk_label_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_label_enterprise_id ON label (enterprise_id);
CREATE TABLE position (
    id BLOB NOT NULL,
    contact_id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    title TEXT,
    from_on TEXT,
    to_on TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_position PRIMARY KEY (id),
    CONSTRAINT ck_position_id CHECK (length(id) = 16),
    CONSTRAINT fk_position_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_position_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_position_contact_id ON position (contact_id);
CREATE INDEX ix_position_enterprise_id ON position (enterprise_id);
CREATE TABLE reception (
    id BLOB NOT NULL,
    guests TEXT NOT NULL,
    "on" TEXT NOT NULL,
    enterprise_id BLOB,
    host_id BLOB,
    sites TEXT,
    result TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_reception PRIMARY KEY (id),
    CONSTRAINT ck_reception_id CHECK (length(id) = 16),
    CONSTRAINT fk_reception_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_reception_host_id FOREIGN KEY(host_id) REFERENCES person (id)
);
CREATE INDEX ix_reception_enterprise_id ON reception (enterprise_id);
CREATE INDEX ix_reception_host_id ON reception (host_id);
CREATE TABLE trip (
    id BLOB NOT NULL,
    title TEXT NOT NULL,
    start_on TEXT NOT NULL,
    end_on TEXT NOT NULL,
    number TEXT,
    kind TEXT,
    regions TEXT,
    leader_id BLOB,
    channel TEXT,
    purpose TEXT,
    findings TEXT,
    problems TEXT,
    plans TEXT,
    approval_number TEXT,
    report_due TEXT,
    overseas_countries TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_trip PRIMARY KEY (id),
    CONSTRAINT ck_trip_id CHECK (length(id) = 16),
    CONSTRAINT fk_trip_leader_id FOREIGN KEY(leader_id) REFERENCES person (id)
);
CREATE INDEX ix_trip_leader_id ON trip (leader_id);
CREATE INDEX ix_trip_number ON trip (number);
CREATE INDEX ix_trip_start_on_id ON trip (start_on, id);
CREATE TABLE unit_now (
    one INTEGER NOT NULL CONSTRAINT ck_unit_now_one CHECK (one = 1),
    n INTEGER NOT NULL,
    CONSTRAINT pk_unit_now PRIMARY KEY (one),
    CONSTRAINT fk_unit_now_n FOREIGN KEY(n) REFERENCES unit (n)
);
CREATE TABLE trip_member (
    id BLOB NOT NULL,
    trip_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    days INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_trip_member PRIMARY KEY (id),
    CONSTRAINT ck_trip_member_id CHECK (length(id) = 16),
    CONSTRAINT fk_trip_member_trip_id FOREIGN KEY(trip_id) REFERENCES trip (id),
    CONSTRAINT fk_trip_member_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_trip_member_person_id ON trip_member (person_id);
CREATE INDEX ix_trip_member_trip_id ON trip_member (trip_id);
CREATE UNIQUE INDEX ux_trip_member_trip_id_person_id ON trip_member (trip_id, person_id) WHERE deleted_at IS NULL;
CREATE TABLE visit (
    id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    "on" TEXT NOT NULL,
    time TEXT,
    number TEXT,
    trip_id BLOB,
    mode TEXT,
    our_level TEXT,
    place TEXT,
    talk TEXT,
    asks TEXT,
    consensus TEXT,
    intent TEXT,
    raw TEXT,
    entered_at INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT ck_visit_id CHECK (length(id) = 16),
    CONSTRAINT fk_visit_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_visit_trip_id FOREIGN KEY(trip_id) REFERENCES trip (id)
);
CREATE INDEX ix_visit_enterprise_id ON visit (enterprise_id);
CREATE INDEX ix_visit_number ON visit (number);
CREATE INDEX ix_visit_on_id ON visit ("on", id);
CREATE INDEX ix_visit_trip_id ON visit (trip_id);
CREATE TABLE attachment (
    id BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    size INTEGER,
    "on" TEXT,
    visit_id BLOB,
    enterprise_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_id CHECK (length(id) = 16),
    CONSTRAINT fk_attachment_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_attachment_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_attachment_enterprise_id ON attachment (enterprise_id);
CREATE INDEX ix_attachment_visit_id ON attachment (visit_id);
CREATE TABLE lead (
    id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    number TEXT,
    title TEXT,
    source TEXT,
    referrer TEXT,
    contact_id BLOB,
    visit_id BLOB,
    first_reporter_id BLOB,
    registered_on TEXT,
    owner_id BLOB,
    content TEXT,
    intent_low INTEGER,
    intent_high INTEGER,
    intent_currency TEXT,
    intent_approximate INTEGER,
    intent_typed TEXT,
    note TEXT,
    triage TEXT,
    triage_reason TEXT,
    feedback_on TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_lead PRIMARY KEY (id),
    CONSTRAINT ck_lead_id CHECK (length(id) = 16),
    CONSTRAINT fk_lead_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_lead_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_lead_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_lead_first_reporter_id FOREIGN KEY(first_reporter_id) REFERENCES person (id),
    CONSTRAINT fk_lead_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE INDEX ix_lead_contact_id ON lead (contact_id);
CREATE INDEX ix_lead_enterprise_id ON lead (enterprise_id);
CREATE INDEX ix_lead_first_reporter_id ON lead (first_reporter_id);
CREATE INDEX ix_lead_number ON lead (number);
CREATE INDEX ix_lead_owner_id ON lead (owner_id);
CREATE INDEX ix_lead_visit_id ON lead (visit_id);
CREATE TABLE trip_plan (
    id BLOB NOT NULL,
    trip_id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    "on" TEXT,
    time TEXT,
    state TEXT,
    contact_id BLOB,
    purpose TEXT,
    visit_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_trip_plan PRIMARY KEY (id),
    CONSTRAINT ck_trip_plan_id CHECK (length(id) = 16),
    CONSTRAINT fk_trip_plan_trip_id FOREIGN KEY(trip_id) REFERENCES trip (id),
    CONSTRAINT fk_trip_plan_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_trip_plan_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_trip_plan_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE INDEX ix_trip_plan_contact_id ON trip_plan (contact_id);
CREATE INDEX ix_trip_plan_enterprise_id ON trip_plan (enterprise_id);
CREATE INDEX ix_trip_plan_trip_id ON trip_plan (trip_id);
CREATE INDEX ix_trip_plan_visit_id ON trip_plan (visit_id);
CREATE TABLE visit_contact (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    contact_id BLOB NOT NULL,
    title TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_visit_contact PRIMARY KEY (id),
    CONSTRAINT ck_visit_contact_id CHECK (length(id) = 16),
    CONSTRAINT fk_visit_contact_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_visit_contact_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
);
CREATE INDEX ix_visit_contact_contact_id ON visit_contact (contact_id);
CREATE INDEX ix_visit_contact_visit_id ON visit_contact (visit_id);
CREATE UNIQUE INDEX ux_visit_contact_visit_id_contact_id ON visit_contact (visit_id, contact_id) WHERE deleted_at IS NULL;
CREATE TABLE visit_person (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT pk_visit_person PRIMARY KEY (id),
    CONSTRAINT ck_visit_person_id CHECK (length(id) = 16),
    CONSTRAINT fk_visit_person_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_visit_person_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_visit_person_person_id ON visit_person (person_id);
CREATE INDEX ix_visit_person_visit_id ON visit_person (visit_id);
CREATE UNIQUE INDEX ux_visit_person_visit_id_person_id ON visit_person (visit_id, person_id) WHERE deleted_at IS NULL;
CREATE TABLE project (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    number TEXT,
    lead_id BLOB,
    origin TEXT,
    project_type TEXT,
    content TEXT,
    cluster TEXT,
    industry TEXT,
    channel TEXT,
    other_channels TEXT,
    intent_low INTEGER,
    intent_high INTEGER,
    intent_currency TEXT,
    intent_approximate INTEGER,
    intent_typed TEXT,
    expected_on_first TEXT,
    expected_on_last TEXT,
    expected_on_precision TEXT,
    total_investment INTEGER,
    fixed_investment INTEGER,
    fdi_contracted INTEGER,
    output INTEGER,
    tax INTEGER,
    jobs INTEGER,
    land INTEGER,
    agreed_start_on TEXT,
    agreed_production_on TEXT,
    dept TEXT,
    owner_id BLOB,
    contact_id BLOB,
    campaign TEXT,
    in_bulletin INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT ck_project_id CHECK (length(id) = 16),
    CONSTRAINT fk_project_lead_id FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_project_owner_id FOREIGN KEY(owner_id) REFERENCES person (id),
    CONSTRAINT fk_project_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
);
CREATE INDEX ix_project_contact_id ON project (contact_id);
CREATE INDEX ix_project_lead_id ON project (lead_id);
CREATE INDEX ix_project_number ON project (number);
CREATE INDEX ix_project_owner_id ON project (owner_id);
CREATE TABLE follow_up (
    id BLOB NOT NULL,
    "on" TEXT NOT NULL,
    mode TEXT NOT NULL,
    content TEXT NOT NULL,
    raw TEXT,
    enterprise_id BLOB,
    contact_id BLOB,
    lead_id BLOB,
    project_id BLOB,
    visit_id BLOB,
    person_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT ck_follow_up_id CHECK (length(id) = 16),
    CONSTRAINT fk_follow_up_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_follow_up_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_follow_up_lead_id FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_follow_up_project_id FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_follow_up_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_follow_up_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_follow_up_contact_id ON follow_up (contact_id);
CREATE INDEX ix_follow_up_enterprise_id ON follow_up (enterprise_id);
CREATE INDEX ix_follow_up_lead_id ON follow_up (lead_id);
CREATE INDEX ix_follow_up_on_id ON follow_up ("on", id);
CREATE INDEX ix_follow_up_person_id ON follow_up (person_id);
CREATE INDEX ix_follow_up_project_id ON follow_up (project_id);
CREATE INDEX ix_follow_up_visit_id ON follow_up (visit_id);
CREATE TABLE fund (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    "on" TEXT NOT NULL,
    amount INTEGER,
    amount_currency TEXT,
    kind TEXT,
    "foreign" INTEGER,
    note TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_fund PRIMARY KEY (id),
    CONSTRAINT ck_fund_id CHECK (length(id) = 16),
    CONSTRAINT fk_fund_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_fund_project_id ON fund (project_id);
CREATE TABLE investor (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    enterprise_id BLOB NOT NULL,
    share INTEGER,
    role TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_investor PRIMARY KEY (id),
    CONSTRAINT ck_investor_id CHECK (length(id) = 16),
    CONSTRAINT fk_investor_project_id FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_investor_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
);
CREATE INDEX ix_investor_enterprise_id ON investor (enterprise_id);
CREATE INDEX ix_investor_project_id ON investor (project_id);
CREATE UNIQUE INDEX ux_investor_project_id_enterprise_id ON investor (project_id, enterprise_id) WHERE deleted_at IS NULL;
CREATE TABLE milestone (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    "on" TEXT NOT NULL,
    evidence TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT ck_milestone_id CHECK (length(id) = 16),
    CONSTRAINT fk_milestone_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_milestone_project_id ON milestone (project_id);
CREATE TABLE need (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    quantity INTEGER,
    measure TEXT,
    enterprise_id BLOB,
    project_id BLOB,
    visit_id BLOB,
    dept TEXT,
    due TEXT,
    solved_on TEXT,
    fair_review INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_need PRIMARY KEY (id),
    CONSTRAINT ck_need_id CHECK (length(id) = 16),
    CONSTRAINT fk_need_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_need_project_id FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_need_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE INDEX ix_need_enterprise_id ON need (enterprise_id);
CREATE INDEX ix_need_project_id ON need (project_id);
CREATE INDEX ix_need_visit_id ON need (visit_id);
CREATE TABLE packaged_project (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    cluster TEXT,
    content TEXT,
    amount INTEGER,
    project_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_packaged_project PRIMARY KEY (id),
    CONSTRAINT ck_packaged_project_id CHECK (length(id) = 16),
    CONSTRAINT fk_packaged_project_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_packaged_project_project_id ON packaged_project (project_id);
CREATE TABLE project_park (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    park TEXT NOT NULL,
    from_on TEXT,
    reason TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_project_park PRIMARY KEY (id),
    CONSTRAINT ck_project_park_id CHECK (length(id) = 16),
    CONSTRAINT fk_project_park_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_project_park_project_id ON project_park (project_id);
CREATE TABLE project_set_item (
    id BLOB NOT NULL,
    project_set_id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    place INTEGER,
    deleted_at INTEGER,
    CONSTRAINT pk_project_set_item PRIMARY KEY (id),
    CONSTRAINT ck_project_set_item_id CHECK (length(id) = 16),
    CONSTRAINT fk_project_set_item_project_set_id FOREIGN KEY(project_set_id) REFERENCES project_set (id),
    CONSTRAINT fk_project_set_item_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_project_set_item_project_id ON project_set_item (project_id);
CREATE INDEX ix_project_set_item_project_set_id ON project_set_item (project_set_id);
CREATE UNIQUE INDEX ux_project_set_item_project_set_id_project_id ON project_set_item (project_set_id, project_id) WHERE deleted_at IS NULL;
CREATE TABLE signing (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    signed_on_first TEXT NOT NULL,
    signed_on_last TEXT,
    signed_on_precision TEXT,
    amount INTEGER,
    amount_currency TEXT,
    rate INTEGER,
    rate_on TEXT,
    counted_projects INTEGER,
    counted_yuan INTEGER,
    count_reason TEXT,
    event_id BLOB,
    note TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_signing PRIMARY KEY (id),
    CONSTRAINT ck_signing_id CHECK (length(id) = 16),
    CONSTRAINT fk_signing_project_id FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_signing_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE INDEX ix_signing_event_id ON signing (event_id);
CREATE INDEX ix_signing_project_id ON signing (project_id);
CREATE INDEX ix_signing_signed_on_first ON signing (signed_on_first);
CREATE TABLE stage_entry (
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    stage TEXT NOT NULL,
    "on" TEXT NOT NULL,
    evidence TEXT,
    reason TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_stage_entry PRIMARY KEY (id),
    CONSTRAINT ck_stage_entry_id CHECK (length(id) = 16),
    CONSTRAINT fk_stage_entry_project_id FOREIGN KEY(project_id) REFERENCES project (id)
);
CREATE INDEX ix_stage_entry_project_id ON stage_entry (project_id);
CREATE TABLE task (
    id BLOB NOT NULL,
    what TEXT NOT NULL,
    due TEXT NOT NULL,
    owner_id BLOB,
    done_on TEXT,
    enterprise_id BLOB,
    visit_id BLOB,
    follow_up_id BLOB,
    lead_id BLOB,
    project_id BLOB,
    reception_id BLOB,
    deleted_at INTEGER,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT ck_task_id CHECK (length(id) = 16),
    CONSTRAINT fk_task_owner_id FOREIGN KEY(owner_id) REFERENCES person (id),
    CONSTRAINT fk_task_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_task_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_task_follow_up_id FOREIGN KEY(follow_up_id) REFERENCES follow_up (id),
    CONSTRAINT fk_task_lead_id FOREIGN KEY(lead_id) REFERENCES lead (id),
    CONSTRAINT fk_task_project_id FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_task_reception_id FOREIGN KEY(reception_id) REFERENCES reception (id)
);
CREATE INDEX ix_task_due_id ON task (due, id);
CREATE INDEX ix_task_enterprise_id ON task (enterprise_id);
CREATE INDEX ix_task_follow_up_id ON task (follow_up_id);
CREATE INDEX ix_task_lead_id ON task (lead_id);
CREATE INDEX ix_task_owner_id ON task (owner_id);
CREATE INDEX ix_task_project_id ON task (project_id);
CREATE INDEX ix_task_reception_id ON task (reception_id);
CREATE INDEX ix_task_visit_id ON task (visit_id);
CREATE VIRTUAL TABLE search_text USING fts5(title, initials, pinyin, body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
