import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { clean } from '@yinglian/names';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { staffOf } from '../find-persons/asking-for.js';
import { questionsTo } from '../storage/question.store.js';
import { AnswerQuestionHandler } from './answer-question.handler.js';

const QuestionId = z.string().regex(/^\d{1,18}$/);
const Answer = z.strictObject({ answer: z.string().trim().min(1).max(2000).transform(clean) });
const QUESTIONS_AT_MOST = 100;

/** A hospital's administrator sees the hospital's own patient numbers, and nobody's name but what the steward wrote. */
@Controller('api/patient-index/questions')
export class QuestionsController {
  constructor(
    private readonly database: Database,
    private readonly answerQuestion: AnswerQuestionHandler,
  ) {}

  /** What the caller's hospital has still to answer, the oldest first; nothing for whoever belongs to no hospital. */
  @Get()
  @Allow({ roles: ['administrator'] })
  async list(@Caller() caller: Principal) {
    const { hospital } = staffOf(caller);
    const found = hospital === null ? [] : await questionsTo(this.database, hospital, QUESTIONS_AT_MOST);
    return {
      questions: found.map(({ questionId, patients, question, askedByName, askedAt }) => {
        return { questionId, patients, question, askedByName, askedAt };
      }),
    };
  }

  /** By the hospital's administrator, or by a steward who was told otherwise. 409 QUESTION_ALREADY_ANSWERED. */
  @Post(':questionId/answer')
  @HttpCode(200)
  @Allow({ roles: ['administrator', 'steward'] })
  async answer(
    @Param('questionId', { schema: QuestionId }) questionId: string,
    @Body({ schema: Answer }) { answer }: z.output<typeof Answer>,
    @Caller() caller: Principal,
  ) {
    return unwrap(await this.answerQuestion.execute(questionId, answer, staffOf(caller), new Date()));
  }
}
