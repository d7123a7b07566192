import { harvestSheet } from '#domains/composition/index.server.ts';
import { answerList } from '../paper.ts';

export const GET = (event) => answerList(event, harvestSheet, 'recolte', 'liste');
