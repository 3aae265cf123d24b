-- What the application role may do. Repeated after every migration; harmless when repeated.
-- Without that role (the owner runs everything) the triggers and FORCE still hold.
DO $$
DECLARE name text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kairos_app') OR current_user = 'kairos_app' THEN
        RETURN;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO kairos_app', current_schema());
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO kairos_app', current_schema());
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO kairos_app', current_schema());
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO kairos_app', current_schema());
    FOR name IN
        SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname = 'append_only' AND c.relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM kairos_app', name);
    END LOOP;
    -- A command keeps its first answer; nothing else of it changes, and none is ever forgotten.
    IF to_regclass('store_command') IS NOT NULL THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON store_command FROM kairos_app;
        GRANT UPDATE (result) ON store_command TO kairos_app;
        REVOKE DELETE, TRUNCATE ON store_person, store_enrolment, store_course, store_plannedsession,
            store_alarm, store_deadline, store_task, store_outboxmessage FROM kairos_app;
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM kairos_app;
    END IF;
END $$;
