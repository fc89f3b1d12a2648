import { DownloadOutlined } from '@ant-design/icons';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../../http/save-file.js';
import { useCertificate } from '../api/read-disposal.js';
import type { Certificate } from '../domain/certificate.js';
import { CertificateFacts } from './certificate-facts.js';

interface Props {
  readonly disposalId: number;
  readonly hospitalName: (code: string) => string;
  onClose(): void;
}

/** What is left of a study that was destroyed, to read and to keep. */
export function CertificateDialog({ disposalId, hospitalName, onClose }: Props) {
  const { t } = useTranslation();
  const certificate = useCertificate(disposalId);
  const { data } = certificate;
  return (
    <Modal
      open
      width={640}
      title={t('disposals.certificate.title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('actions.close')}</Button>
          <Button
            type="primary"
            icon={<DownloadOutlined />}
            disabled={data === undefined}
            onClick={() => data !== undefined && download(data)}
          >
            {t('disposals.certificate.download')}
          </Button>
        </>
      }
    >
      {certificate.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {certificate.isError && <ProblemNotice error={certificate.error} onRetry={() => void certificate.refetch()} />}
      {data !== undefined && <CertificateFacts certificate={data} hospitalName={hospitalName} />}
    </Modal>
  );
}

/** As the registry told it. */
function download(certificate: Certificate): void {
  const file = new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' });
  saveFile(file, `disposal-${certificate.disposalId}.json`);
}
