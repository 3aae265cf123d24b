-- Tables whose rows are never changed, whoever asks. Grants say it again (grants.sql).
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'store_auditevent', 'store_auditblock', 'store_auditlink', 'store_originalrecord', 'store_recordentry',
        'store_supersededentry', 'store_fact', 'store_importrun', 'store_screening', 'store_eligibilitydecision',
        'store_consentdocument', 'store_consentsignature', 'store_consentwithdrawal', 'store_doseorder',
        'store_doseorderverification', 'store_doseorderinvalidation', 'store_stream', 'store_streamevent',
        'store_questionnaireresponse', 'store_score', 'store_contentrelease', 'store_storedfile',
        'store_membershipevent', 'store_enrolmentevent', 'store_courseevent', 'store_plannedsessionevent',
        'store_programmevalueevent'
    ] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change()', name);
    END LOOP;
END $$;
