-- The second wall. FORCE: the owner of the tables is held by it too.
DO $$
DECLARE
    name text;
    of_programme constant text := 'programme_id = ANY ((SELECT kairos_programmes())::uuid[])';
    of_person constant text := '((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))';
BEGIN
    -- Every table that carries a programme; where it carries a person as well, both are asked.
    -- Memberships, links and the audit have policies of their own below.
    FOR name IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
          AND c.relname LIKE 'store\_%' AND a.attname = 'programme_id' AND NOT a.attisdropped
          AND c.relname NOT IN ('store_membership', 'store_membershipevent', 'store_onetaplink', 'store_auditevent')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = name::regclass AND attname = 'person_id') THEN
            EXECUTE format('CREATE POLICY scope ON %I USING (%s AND %s)', name, of_programme, of_person);
        ELSE
            EXECUTE format('CREATE POLICY scope ON %I USING (%s)', name, of_programme);
        END IF;
    END LOOP;
END $$;

-- A programme has no secrets, but its own places and values are its own: covered above. A site without
-- programme does not exist.

-- A person belongs to the organisation and is seen by the programmes they are enrolled in.
ALTER TABLE store_person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_person USING (
    organisation_id = (SELECT kairos_organisation())
    AND EXISTS (SELECT FROM store_enrolment e WHERE e.person_id = store_person.id));

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['store_personidentity', 'store_personidentityevent', 'store_personkey'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY scope ON %I USING '
            '(EXISTS (SELECT FROM store_person p WHERE p.id = %I.person_id))', name, name);
    END LOOP;
END $$;

-- A membership is seen by its owner (before any scope is known) and within its organisation.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['store_membership', 'store_membershipevent'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY scope ON %I USING (organisation_id = (SELECT kairos_organisation()) '
            'OR user_id = (SELECT kairos_user())) '
            'WITH CHECK (organisation_id = (SELECT kairos_organisation()))', name);
    END LOOP;
END $$;

-- A link is also found by whoever holds its token, and by nothing else of theirs.
ALTER TABLE store_onetaplink ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_onetaplink USING (
    (programme_id = ANY ((SELECT kairos_programmes())::uuid[])
        AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())))
    OR encode(token_digest, 'hex') = (SELECT kairos_link()))
WITH CHECK (
    programme_id = ANY ((SELECT kairos_programmes())::uuid[])
    AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())));

-- Anyone may add to the audit; reading is by programme; the sealer and verify read all.
ALTER TABLE store_auditevent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY adding ON store_auditevent FOR INSERT WITH CHECK (true);
CREATE POLICY reading ON store_auditevent FOR SELECT USING (
    current_setting('kairos.audit', true) = 'all'
    OR (programme_id = ANY ((SELECT kairos_programmes())::uuid[])
        AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())))
    OR ((SELECT kairos_person()) IS NULL AND programme_id IS NULL AND organisation = (SELECT kairos_organisation())));
