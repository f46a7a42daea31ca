"""A first password is good for some days only (首次口令有效期); who came too late is told so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0011_questions_by_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="first_until",
            field=models.DateTimeField(null=True, verbose_name="首次口令有效至"),
        ),
        migrations.AlterField(
            model_name="signin",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("signed_in", "登录成功"),
                    ("wrong_password", "口令不对"),
                    ("unknown_name", "没有这个账号"),
                    ("locked", "已锁定"),
                    ("closed", "账号已停用"),
                    ("expired", "首次口令过期"),
                    ("unlocked", "解除锁定"),
                    ("password_right", "口令已验，待第二步"),
                    ("wrong_code", "第二步不对"),
                    ("wrong_passkey", "通行密钥不对"),
                    ("not_bound", "外部登录未绑定"),
                ],
                max_length=16,
                verbose_name="结果",
            ),
        ),
    ]
