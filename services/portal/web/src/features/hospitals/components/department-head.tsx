import { useProblemSentence } from '@yinglian/web/browser';
import { App, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type KeptDepartment, useSetHead } from '../api/departments.js';

interface Props {
  readonly hospital: string;
  readonly department: KeptDepartment;
}

/** Who answers for a department, by account; nobody when it is left empty. */
export function DepartmentHead({ hospital, department: { code, version, head } }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const sentenceOf = useProblemSentence();
  const setHead = useSetHead(hospital);
  const change = (text: string) => {
    const account = text.trim() || null;
    if (account === head) return;
    setHead.mutate(
      { code, version, head: account },
      { onError: (error) => void message.error(sentenceOf(error).sentence) },
    );
  };
  return (
    <Typography.Text
      className="aside figures"
      editable={{ text: head ?? '', tooltip: t('departments.head'), maxLength: 64, onChange: change }}
    >
      {head ?? t('departments.noHead')}
    </Typography.Text>
  );
}
