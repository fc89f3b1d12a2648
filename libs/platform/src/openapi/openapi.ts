import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The service's OpenAPI description, made from its controllers. */
export function openApiOf(app: INestApplication, service: string): OpenAPIObject {
  const description = new DocumentBuilder().setTitle(`Yinglian ${service}`).setVersion('1').addBearerAuth().build();
  return SwaggerModule.createDocument(app, description);
}
