CREATE INDEX documents_waiting ON documents (digest) WHERE uploaded_at IS NULL;
