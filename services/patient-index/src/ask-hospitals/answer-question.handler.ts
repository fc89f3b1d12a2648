import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { setWaiting } from '../storage/conflict.store.js';
import { keepAnswer, questionsAbout, questionToAnswer } from '../storage/question.store.js';

/** Keeps a hospital's answer: from its administrator, or from a steward who was told by telephone. */
@Injectable()
export class AnswerQuestionHandler {
  constructor(private readonly database: Database) {}

  execute(questionId: string, answer: string, by: PersonPrincipal, now: Date): Promise<Result<{ questionId: string }>> {
    return this.database.transaction(async (tx) => {
      const question = await questionToAnswer(tx, questionId);
      // Another hospital's question is not there for them.
      if (question === undefined || !(by.roles.includes('steward') || by.hospital === question.hospital))
        return failure(problems.QUESTION_NOT_FOUND);
      if (question.answeredAt !== null) return failure(problems.QUESTION_ALREADY_ANSWERED);
      await keepAnswer(tx, questionId, answer, by, now);
      const all = await questionsAbout(tx, [question.conflictId]);
      await setWaiting(
        tx,
        question.conflictId,
        all.some(({ answeredAt }) => answeredAt === null),
      );
      return success({ questionId });
    });
  }
}
