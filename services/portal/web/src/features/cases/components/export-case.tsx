import { ProblemNotice } from '@yinglian/web/browser';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useExportCase } from '../api/cases.js';

/** Takes the case away, its records with proofs that they are what was sealed. */
export function ExportCase({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const exporting = useExportCase(caseId);
  return (
    <>
      <Button loading={exporting.isPending} onClick={() => exporting.mutate()}>
        {t('cases.export')}
      </Button>
      {exporting.isError && <ProblemNotice error={exporting.error} />}
    </>
  );
}
