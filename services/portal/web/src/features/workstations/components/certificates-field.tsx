import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Form, Select, Tag, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  fingerprintOfFile,
  isFingerprint,
  printedFingerprint,
  readFingerprint,
  shortFingerprint,
} from '../domain/fingerprint.js';

/** What a certificate file may be at most; a chain with its text is some kilobytes. */
const LARGEST_FILE_BYTES = 1_000_000;

/** Fingerprints of certificates, typed, pasted, or read from files that stay in the browser. */
export function CertificatesField() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const form = Form.useFormInstance();
  const readFile = async (file: File) => {
    const bytes = file.size > LARGEST_FILE_BYTES ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
    const fingerprint = await fingerprintOfFile(bytes);
    if (fingerprint === undefined) return void message.error(t('workstations.noCertificate', { name: file.name }));
    const known: readonly string[] = form.getFieldValue('certificates');
    form.setFieldValue('certificates', [...new Set([...known, fingerprint])]);
    return void form.validateFields(['certificates']);
  };
  return (
    <>
      <Form.Item
        name="certificates"
        label={t('workstations.certificates')}
        extra={t('workstations.certificatesHint')}
        normalize={(texts: readonly string[]) => [...new Set(texts.map(readFingerprint))]}
        rules={[
          {
            validator: async (_, texts: readonly string[]) => {
              const wrong = texts.find((text) => !isFingerprint(text));
              if (wrong !== undefined) throw new Error(t('workstations.certificateInvalid', { value: wrong }));
            },
          },
        ]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          maxCount={8}
          tokenSeparators={[',', ';', '\n']}
          className="figures"
          tagRender={({ value, onClose }) => (
            <Tag closable onClose={onClose} title={isFingerprint(value) ? printedFingerprint(value) : value}>
              {isFingerprint(value) ? shortFingerprint(value) : value}
            </Tag>
          )}
        />
      </Form.Item>
      <Form.Item>
        <Upload
          accept=".pem,.crt,.cer,.der"
          showUploadList={false}
          beforeUpload={(file) => {
            void readFile(file);
            return false;
          }}
        >
          {/* Browsers compute digests only where the connection is safe. */}
          <Button icon={<UploadOutlined />} disabled={!window.isSecureContext}>
            {t('workstations.certificateFile')}
          </Button>
        </Upload>
      </Form.Item>
    </>
  );
}
