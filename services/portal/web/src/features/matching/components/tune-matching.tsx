import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  useCurrentSettings,
  useLearnModel,
  useMatchSettings,
  usePreview,
  useWholeSettings,
} from '../api/match-settings.js';
import type { Draft, WholeSettings } from '../domain/match-settings.js';
import { ApplyDialog } from './apply-dialog.js';
import { LearnedModel } from './learned-model.js';
import { PreviewPanel } from './preview-panel.js';
import { type ModelChoice, SettingsForm } from './settings-form.js';
import { SettingsHistory } from './settings-history.js';

interface Props {
  readonly mayApply: boolean;
  readonly hospitalName: (code: string) => string;
}

/** Tries settings on the province's own patients before they hold. */
export function TuneMatching(props: Props) {
  const listed = useMatchSettings();
  const current = useCurrentSettings(listed.data?.[0]?.version);
  if (listed.isError) return <ProblemNotice error={listed.error} onRetry={() => void listed.refetch()} />;
  if (current.isError) return <ProblemNotice error={current.error} onRetry={() => void current.refetch()} />;
  if (listed.isPending || current.isPending) return <Skeleton active paragraph={{ rows: 8 }} className="panel" />;
  return <Bench key={current.data.version} {...props} begun={current.data} settings={listed.data} />;
}

interface BenchProps extends Props {
  readonly begun: WholeSettings;
  readonly settings: NonNullable<ReturnType<typeof useMatchSettings>['data']>;
}

function Bench({ begun, settings, mayApply, hospitalName }: BenchProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [kept, setKept] = useState<WholeSettings>(begun);
  const [draft, setDraft] = useState<Draft>(draftOf(begun));
  const [choice, setChoice] = useState<ModelChoice>('kept');
  const [isApplying, setApplying] = useState(false);
  const [learn, preview, whole] = [useLearnModel(), usePreview(), useWholeSettings()];
  const models = { kept: kept.model, shipped: null, learned: learn.data?.model };
  const isOfDraft = preview.data !== undefined && preview.variables === draft;
  const choose = (to: ModelChoice) => {
    setChoice(to);
    setDraft({ ...draft, model: models[to] ?? null });
  };
  const goBack = (version: number) =>
    whole.mutate(version, {
      onSuccess: (found) => {
        const to = draftOf(found);
        setKept(found);
        setChoice('kept');
        setDraft(to);
        preview.mutate(to);
      },
    });
  return (
    <>
      <SettingsForm
        draft={draft}
        models={models}
        choice={choice}
        isPreviewing={preview.isPending}
        isLearning={learn.isPending}
        onChange={setDraft}
        onChoose={choose}
        onLearn={() => learn.mutate()}
        onPreview={() => preview.mutate(draft)}
      />
      {[learn.error, preview.error, whole.error].map(
        (error) => error !== null && <ProblemNotice key={error.message} error={error} />,
      )}
      {learn.data !== undefined && <LearnedModel {...learn.data} />}
      {preview.isPending && <Skeleton active paragraph={{ rows: 6 }} className="panel" />}
      {!preview.isPending && !isOfDraft && <p className="aside">{t('matching.previewFirst')}</p>}
      {isOfDraft && (
        <>
          <PreviewPanel preview={preview.data} hospitalName={hospitalName} />
          {mayApply && (
            <Button type="primary" className="match-apply" onClick={() => setApplying(true)}>
              {t('matching.apply')}
            </Button>
          )}
          {!mayApply && <p className="aside">{t('matching.administratorApplies')}</p>}
          <ApplyDialog
            open={isApplying}
            draft={draft}
            preview={preview.data}
            onDone={() => {
              setApplying(false);
              void message.success(t('matching.applied'));
            }}
            onCancel={() => setApplying(false)}
          />
        </>
      )}
      <SettingsHistory settings={settings} opening={whole.isPending ? whole.variables : null} onGoBack={goBack} />
    </>
  );
}

const draftOf = ({ leastBits, grades, model }: WholeSettings): Draft => ({ leastBits, grades, model });
