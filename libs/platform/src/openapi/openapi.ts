import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The service's OpenAPI description, made from its controllers. */
export async function openApiOf(app: INestApplication, service: string): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
  const description = new DocumentBuilder().setTitle(`Yinglian ${service}`).setVersion('1').addBearerAuth().build();
  return SwaggerModule.createDocument(app, description);
}
