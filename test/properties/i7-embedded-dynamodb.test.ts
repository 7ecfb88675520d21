import { startDynamodb } from '../../local/services/start-dynamodb.ts';
import { effectsOnceSuite } from '../lib/checkpoint/support/effects-once-suite.ts';

effectsOnceSuite({ name: 'on the embedded DynamoDB', start: startDynamodb, runs: 40 });
