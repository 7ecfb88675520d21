import { effectsOnceSuite } from '../lib/checkpoint/support/effects-once-suite.ts';
import { startDynamodbLocal } from './support/start-dynamodb-local.ts';

effectsOnceSuite({ name: "on AWS's own DynamoDB Local", start: startDynamodbLocal, runs: 40 });
