-- What the current transaction may see, as set by kairos.store.scope. After one SET LOCAL a setting
-- reads '' and not NULL, hence NULLIF. Nothing set: nothing seen.
CREATE FUNCTION kairos_programmes() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(NULLIF(current_setting('kairos.programmes', true), ''), ',')::uuid[] $$;

CREATE FUNCTION kairos_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.organisation', true), '')::uuid $$;

CREATE FUNCTION kairos_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.person', true), '')::uuid $$;

CREATE FUNCTION kairos_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.user', true), '')::uuid $$;

CREATE FUNCTION kairos_link() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.link', true), '') $$;

CREATE FUNCTION kairos_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: a row is never changed, deleted or emptied', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- The digest of an audit event, over a JSON array of texts that kairos.store.audit rebuilds in Python.
CREATE FUNCTION kairos_audit_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xid := pg_current_xact_id();
    NEW.recorded_at := clock_timestamp();
    NEW.digest := sha256(convert_to(json_build_array(
        NEW.id::text, NEW.xid::text, (extract(epoch FROM NEW.recorded_at) * 1000000)::bigint::text,
        NEW.actor::text, NEW.roles, NEW.action, NEW.organisation::text, NEW.programme_id::text,
        NEW.person_id::text, NEW.subject, NEW.why, NEW.details::text, NEW.command::text)::text, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_digest BEFORE INSERT ON store_auditevent
    FOR EACH ROW EXECUTE FUNCTION kairos_audit_digest();
