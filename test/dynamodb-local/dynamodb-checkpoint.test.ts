import { dynamodbSuite } from '../lib/checkpoint/support/dynamodb-suite.ts';
import { startDynamodbLocal } from './support/start-dynamodb-local.ts';

dynamodbSuite(startDynamodbLocal);
